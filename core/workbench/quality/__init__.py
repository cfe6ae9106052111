"""What a codec does to voices that it never heard, measured on a split that is fixed for ever."""
