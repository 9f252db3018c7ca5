"""What a notebook sees: `trace`, and the record of a run by name."""

from rnnviz.recording.recorded_gradients import Gradients
from rnnviz.recording.recording import Recording, trace

__all__ = ["Gradients", "Recording", "trace"]
