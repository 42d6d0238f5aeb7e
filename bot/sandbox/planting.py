"""The control calls that plant faults, break connections and see to the app's address."""

from .api.faults import Fault
from .delivery import verifying
from .delivery.faults import DeliveryFault
from .errors import Refused
from .reports import Act
from .wire import Json
from .world import World


async def _fault(world: World, args: Json) -> Json:
    method = args.pop("method")
    try:
        world.faults.plant(method, Fault(**args))
    except TypeError as problem:
        raise Refused("invalid_fault", str(problem), status=400) from None
    return {}


async def _delivery_fault(world: World, args: Json) -> Json:
    if "what" not in args:
        raise KeyError("what")
    try:
        fault = DeliveryFault(**args)
    except TypeError as problem:
        raise Refused("invalid_fault", str(problem), status=400) from None
    world.delivery.faults.plant(fault)
    return {}


async def _faults_clear(world: World, args: Json) -> Json:
    world.faults.clear()
    world.delivery.faults.clear()
    return {}


async def _redeliver(world: World, args: Json) -> Json:
    return {"event_id": world.delivery.redeliver(args.get("event_id"))}


async def _disconnect(world: World, args: Json) -> Json:
    if world.http is not None:
        words = "the app is reached over HTTP, so it has no connections to lose"
        raise Refused("socket_mode_disabled", words, status=400)
    world.socket.disconnect(args.get("reason", "refresh_requested"))
    return {}


async def _verify_url(world: World, args: Json) -> Json:
    return await verifying.verify(world.delivery, world.http)


async def _resume_events(world: World, args: Json) -> Json:
    world.delivery.limits.resume()
    return {}


async def _faults(world: World, args: Json) -> Json:
    return {
        "methods": world.faults.shown(),
        "deliveries": world.delivery.faults.shown(),
        "events_switched_off": world.delivery.limits.is_switched_off,
    }


PLANTING: dict[str, Act] = {
    "fault": _fault,
    "delivery_fault": _delivery_fault,
    "faults_clear": _faults_clear,
    "redeliver": _redeliver,
    "disconnect": _disconnect,
    "verify_url": _verify_url,
    "resume_events": _resume_events,
}
PLANTED: dict[str, Act] = {"faults": _faults}
