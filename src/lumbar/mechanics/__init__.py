"""Motion, body and bar become the load on the lower back: newton-metres and newtons, as ranges."""
