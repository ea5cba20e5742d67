"""The numbers that go in: what each edit, version, side or published figure does."""
