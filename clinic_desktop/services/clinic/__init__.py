"""The clinic's own settings, the sample clinic, and what helps somebody who helps from afar."""
