"""What goes out to people and between offices: messages, meetings, activities, events, handouts, surveys."""

from healthaid.outreach.models.activities import Activity, ActivityEntry
from healthaid.outreach.models.distributions import Distribution
from healthaid.outreach.models.events import Event
from healthaid.outreach.models.meetings import ActionEscalation, Meeting, MeetingAction
from healthaid.outreach.models.messages import Message
from healthaid.outreach.models.prices import PriceCheck
from healthaid.outreach.models.surveys import SurveyHome, SurveyRound

__all__ = [
    "ActionEscalation",
    "Activity",
    "ActivityEntry",
    "Distribution",
    "Event",
    "Meeting",
    "MeetingAction",
    "Message",
    "PriceCheck",
    "SurveyHome",
    "SurveyRound",
]
