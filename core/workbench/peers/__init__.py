"""Public packages beside ours: the same shapes, the same random weights, in the same run.

The workers run in an environment of their own, so they import nothing of Paluku but this folder.
"""
