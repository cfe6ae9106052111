"""Widgets that draw one thing each: values in, signals out."""
