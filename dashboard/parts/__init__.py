"""Parts of pages, drawn with Streamlit from a visitor's choices; no arithmetic on euros."""
