"""Tests, mirroring app/ and core/."""
