"""The commands as they are typed: names, options, help, examples. Their work is imported when one is run."""
