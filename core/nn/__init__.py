"""All torch models, and nothing else that needs torch to run."""
