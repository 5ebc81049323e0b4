"""An analysis becomes files for people and machines: page, JSON, CSV, annotated clip. Measures nothing."""
