"""Speech models at run time: codes heard to codes spoken."""
