"""The server around Streamlit: headers, checks of messages, memory, and its private interfaces."""
