"""The least a Streamlit page can do: one slider, one line that follows it."""

import streamlit as st

with st.sidebar:
    level = st.slider("Level", 0.0, 0.2, 0.11, 0.01, key="level")
st.write(f"Level {level}")
