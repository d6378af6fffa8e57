"""Reading what is sent, what was agreed, what took place and what was handed out."""

from healthaid.outreach.queries.messages import inbox, unread_count

__all__ = ["inbox", "unread_count"]
