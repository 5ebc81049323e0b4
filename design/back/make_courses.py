"""Make pulls to try the reader on: ``python design/back/make_courses.py SPLIT FIRST LAST OUT``, a pickle each."""

from numbered import write_numbered
from sights import course

if __name__ == "__main__":
    write_numbered(course)
