"""A call at one house: what is owed to everybody there, what is done, and where to go next."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.accounts.permissions import actor, requires
from core.base.pages import today
from followups.forms.work import MoveForm
from followups.presenters.duties import form_name, present_day, present_duty
from followups.queries.duties import get_duty
from followups.queries.today import household_day, next_household, visits_today
from followups.queries.visits import get_household
from followups.services.plans import reschedule
from followups.views.common import at_the_house, back_to_today


@requires("see_today")
def house_call(request: HttpRequest, uuid: UUID) -> HttpResponse:
    user, on = actor(request), today()
    household = get_household(user, uuid)
    following = next_household(user, on, after=household)
    done = [
        (
            visit,
            visit.person.name if visit.person else _("The whole household"),
            form_name(visit.protocol, on),
        )
        for visit in visits_today(user, on, household)
    ]
    back = at_the_house(household)
    context = {
        "card": present_day(household_day(user, on, household), on, back=back, whole=True),
        "done": done,
        "next": present_day(household_day(user, on, following), on, back=back) if following else None,
    }
    return render(request, "followups/house_call.html", context)


@requires("record_visit")
def duty_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day inside the window, with a reason."""
    on, user = today(), actor(request)
    duty = get_duty(user, pk)
    form = MoveForm(request.POST or None, initial={"now_on": max(duty.due_on, on)})
    back = back_to_today(request.GET.get("back", ""))
    if request.method == "POST" and form.is_valid():
        try:
            moved = reschedule(
                duty=duty,
                to=form.cleaned_data["now_on"],
                reason=form.cleaned_data["reason"],
                note=form.cleaned_data["note"],
                by=user,
                on=on,
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Moved.") if moved else _("It is on that day already."))
            return redirect(back)
    context = {"form": form, "line": present_duty(duty, on), "duty": duty, "back": back}
    return render(request, "followups/duty_move.html", context, status=422 if form.errors else 200)
