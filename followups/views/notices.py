"""When the notice came, from which the hours of a first visit are counted."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.permissions import actor, may, requires
from core.base.pages import today
from followups.forms.work import NoticeForm
from followups.presenters.duties import present_duty
from followups.presenters.reasons import last_hour
from followups.queries.duties import get_duty
from followups.services.notices import note_notice


@requires("note_notice")
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    user, on = actor(request), today()
    duty = get_duty(user, pk)
    if last_hour(duty) is None:
        raise Http404
    form = NoticeForm(request.POST or None)
    line = present_duty(duty, on)
    back = (
        line.url if may(user, "record_visit") else reverse("households:household", args=[duty.household.uuid])
    )
    if request.method == "POST" and form.is_valid():
        try:
            note_notice(duty=duty, at=form.cleaned_data["at"], by=user, now=timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The hours are counted from the notice now."))
            return redirect(back)
    context = {"form": form, "line": line, "back": back}
    return render(request, "followups/notice.html", context, status=422 if form.errors else 200)
