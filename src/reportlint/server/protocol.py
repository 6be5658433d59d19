"""The protocol of a language server as pygls has it, and what it lacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.protocol import LanguageServerProtocol


class _Futures(dict[Any, Any]):
    """What requests will come to; it may shrink while pygls goes through it."""

    def items(self) -> Any:
        return list(super().items())


class Protocol(LanguageServerProtocol):
    """pygls's protocol, but that requests whose parameters make no sense are answered, and nothing done is kept."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._request_futures = _Futures()

    def _execute_handler(
        self,
        msg_id: Any,
        handler: Callable[..., Any],
        callback: Callable[[Any], None],
        args: tuple[Any, ...] | None = None,
        kwargs: dict[str, Any] | None = None,
    ) -> None:
        """As pygls's; what a notification came to is not kept, for nobody asks for it."""

        def done(future: Any) -> None:
            self._request_futures.pop(msg_id, None)
            callback(future)

        super()._execute_handler(msg_id, handler, done, args, kwargs)

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message as pygls has it; one that cannot be read is refused."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "method" in data and "id" in data:
                refusal = JsonRpcInvalidParams(f"{data['method']}: these parameters cannot be used")
                self._send_response(data["id"], error=refusal.to_response_error())
            raise error from None
