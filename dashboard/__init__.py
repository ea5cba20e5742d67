"""The page: looks and says; what is calculated is calculated in models/."""

from models.installed import demand

demand("streamlit", "starlette", "plotly", "jinja2", "xlsxwriter")
