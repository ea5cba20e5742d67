"""The model beside years, studies and predictions that it was not made from."""
