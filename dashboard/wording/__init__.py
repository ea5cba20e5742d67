"""Sentences, numbers and names in the reader's language, in a file for each subject.

Long: a file is named for its subject, and the subjects share little but the numbers.

Functions take a result (amounts in EUR a year in force unless a name says otherwise) and `words`,
the texts of a language; they return text and never draw. A text that is missing is a KeyError.
"""
