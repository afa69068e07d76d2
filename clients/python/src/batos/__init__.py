"""Talk to a BAT OS world: live objects that are kept in an image, reached by ZeroMQ."""

from .client import Object, World
from .errors import Refused, Unanswered, WorldError
from .messages import Answer, ErrorDetails, Value

__all__ = ["Answer", "ErrorDetails", "Object", "Refused", "Unanswered", "Value", "World", "WorldError"]
__version__ = "0.1.0"
