"""The addresses of the work."""

from django.urls import path

from followups.views import (
    conflicts,
    contracts,
    need,
    needs,
    referral,
    referrals,
    sync,
    teams,
    today,
    visits,
    work,
)

app_name = "followups"
urlpatterns = [
    path("today/", today.today_page, name="today"),
    path("visits/new/", visits.visit_new, name="visit_new"),
    path("visits/<uuid:uuid>/", visits.visit_page, name="visit"),
    path("visits/<uuid:uuid>/amend/", visits.visit_amend, name="visit_amend"),
    path("duties/<int:pk>/not-found/", work.not_found, name="not_found"),
    path("not-found/", work.not_found_list, name="not_found_list"),
    path("call/<uuid:uuid>/", work.call, name="call"),
    path("needs/", needs.need_list, name="needs"),
    path("needs/new/", needs.need_new, name="need_new"),
    path("needs/<uuid:uuid>/", need.need_page, name="need"),
    path("needs/<uuid:uuid>/story/", need.need_story, name="need_story"),
    path("needs/<uuid:uuid>/papers/", need.need_papers, name="need_papers"),
    path("needs/<uuid:uuid>/papers/<slug:code>/", need.need_paper, name="need_paper"),
    path("referrals/", referrals.referral_list, name="referrals"),
    path("referrals/new/", referrals.referral_new, name="referral_new"),
    path("referrals/<uuid:uuid>/", referral.referral_page, name="referral"),
    path("referrals/<uuid:uuid>/priority/", referral.referral_priority, name="referral_priority"),
    path("conflicts/", conflicts.conflict_list, name="conflicts"),
    path("conflicts/<int:pk>/", conflicts.conflict_page, name="conflict"),
    path("sync/state", sync.sync_state, name="sync_state"),
    path("sync/list", sync.sync_list, name="sync_list"),
    path("sync/visits", sync.sync_visits, name="sync_visits"),
    path("sync/attempts", sync.sync_attempts, name="sync_attempts"),
    path("sync/known", sync.sync_known, name="sync_known"),
    path("teams/", teams.team_list, name="teams"),
    path("teams/new/", teams.team_new, name="team_new"),
    path("teams/<int:pk>/", teams.team_page, name="team"),
    path("teams/<int:pk>/members/", teams.team_member, name="team_member"),
    path(
        "teams/<int:pk>/members/<int:member_pk>/leave/", teams.team_member_remove, name="team_member_remove"
    ),
    path("contracts/village/", contracts.village_signing, name="village_signing"),
    path("contracts/new/", contracts.contract_new, name="contract_new"),
    path("contracts/ending/", contracts.contracts_ending, name="contracts_ending"),
    path("contracts/<int:pk>/renew/", contracts.contract_renew, name="contract_renew"),
    path("contracts/<int:pk>/end/", contracts.contract_end, name="contract_end"),
]
