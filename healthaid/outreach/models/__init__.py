"""What goes out to people and between offices: messages, meetings, activities, events, what is handed out."""

from healthaid.outreach.models.meetings import ActionEscalation, Meeting, MeetingAction
from healthaid.outreach.models.messages import Message

__all__ = ["ActionEscalation", "Meeting", "MeetingAction", "Message"]
