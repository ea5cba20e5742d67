"""Sentences, numbers and names in the reader's language, in a file for each subject.

Long: a sentence is found by what it is about, and the subjects share little but the numbers.
"""
