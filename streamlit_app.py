"""Start: streamlit run streamlit_app.py

Streamlit imports this file once for the server, and runs it as a script for every change of a
visitor's.
"""

import streamlit as st

from dashboard.app import main
from dashboard.server import first_paint, gc
from dashboard.server.html_shell import MIDDLEWARE, failed

if __name__ == "__main__":
    main()
else:
    app = st.App(__file__, middleware=MIDDLEWARE, on_script_error=failed)
    gc.freeze_gc()
    first_paint.prepare()
