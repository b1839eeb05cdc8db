"""The live figures, one file per chapter. Each explorer is one call and returns a Stage."""
