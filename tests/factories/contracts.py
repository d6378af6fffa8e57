"""Yearly exams, papers and what people say, for tests of contracts."""

from datetime import date

from followups.models import Team
from households.models import Exam, Person

# The smallest picture a phone could send: header with place and orientation, one scan, something behind the end.
EXIF = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x88\x25\0\x04\0\0\0\x01\0\0\0\0\0\0\0\0"
JPEG = (
    b"\xff\xd8\xff\xe1"
    + (len(EXIF) + 2).to_bytes(2)
    + EXIF
    + b"\xff\xfe\x00\x08GPS 28\xff\xdb\x00\x04\x00\x01"
    b"\xff\xda\x00\x04\x01\x00\x12\xff\x00\x34\xff\xd0\x56\xff\xd9<script>behind</script>"
)


def an_exam(person: Person, team: Team, examined_on: date) -> Exam:
    return Exam.objects.create(
        person=person,
        village=person.village,
        year=examined_on.year,
        examined_on=examined_on,
        institution=team.institution,
    )
