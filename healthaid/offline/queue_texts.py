"""The words of the queue page, filled in by its script."""

from django.utils.translation import gettext as _


def queue_texts() -> dict[str, str]:
    return {
        "saved": _("Saved on %(time)s"),
        "received": _("Received on %(time)s"),
        "tried": _("Last try %(time)s"),
        "locked": _("A record that can be read after signing in"),
        "sending": _("Uploading…"),
        "done": _("Everything has been received."),
        "left": _("%(count)s still wait."),
        "others": _(
            "%(count)s records of another user wait on this phone. They go on when that user signs in."
        ),
        "sentAt": _("Last upload %(time)s"),
        "never": _("Nothing was uploaded from this phone yet"),
        "skew": _("The phone's clock is %(minutes)s minutes off. Please set it right."),
        "gaps": _("The server is missing numbers %(numbers)s of this phone."),
        "copies": _("%(count)s pages are on this phone for use without network."),
        "persisted": _("The phone has promised not to clear it."),
        "loose": _(
            "The phone may clear it when room is short. Add the app to the home screen to prevent that."
        ),
        "browser": _("Open this page in the phone's own browser: records cannot be kept safely here."),
        "file": _("unsent-records"),
        "household": _("The whole household"),
        "visit": _("Visit"),
        "attempt": _("Nobody there"),
        "need": _("Need"),
        "decided": _("Decided"),
        "decided_keep": _("Decided: the other record holds; this one is kept beside it."),
        "decided_take": _("Decided: this record holds."),
        "decided_mix": _("Decided: one record was made of both."),
        "decided_both": _("Decided: both count."),
        "readBack": _("%(count)s records were read from the file."),
        "readBefore": _("All records of this file are on this phone already."),
        "notOurs": _("This file holds no saved records. Choose a file that was saved on this page."),
        "otherUser": _("The records of this file are another user's. That user has to sign in to read them."),
        "notRead": _("The file could not be read. Sign in, then try again."),
        "phone": _("Phone %(id)s, number %(seq)s"),
        "mended": _("It waits again and will be sent."),
    }
