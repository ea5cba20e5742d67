"""A value of a widget as a browser sends it, for the tests of messages."""

from __future__ import annotations

from streamlit.proto.WidgetStates_pb2 import WidgetState


def widget_state(id: str, values: dict) -> WidgetState:
    """The state of the widget `id`; `values` by field of the message, arrays as sequences."""
    state = WidgetState(id=id)
    for field, value in values.items():
        if field.endswith("_array_value"):
            getattr(state, field).SetInParent()
            getattr(state, field).data.extend(value)
        else:
            setattr(state, field, value)
    return state
