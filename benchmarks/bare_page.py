"""The smallest Streamlit page to compare with: one slider, and a line that shows its value."""

import streamlit as st

with st.sidebar:
    level = st.slider("Level", 0.0, 0.2, 0.11, 0.01, key="level")
st.write(f"Level {level}")
