"""The server around Streamlit: headers, checks of messages, memory, and its private interfaces.

Two floors, which contracts in pyproject.toml hold: under the page what it calls itself (`gc`,
`message_check`, `widget_rules`, `streamlit_private`), round it what answers addresses.
"""
