"""What a codec does to speech: measures, verdicts and a report."""
