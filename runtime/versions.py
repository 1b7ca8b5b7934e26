"""Versions of workers: which build gets the work, so that an old and a new one can stand beside each other."""

from collections.abc import Awaitable
from typing import TypeVar

from temporalio.api.workflowservice.v1 import SetWorkerDeploymentCurrentVersionRequest
from temporalio.client import Client
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import WorkerDeploymentConfig

from runtime.readiness import queue_of_workflows
from runtime.settings import Settings

Answer = TypeVar("Answer")
NOT_YET = (RPCStatusCode.NOT_FOUND, RPCStatusCode.FAILED_PRECONDITION, RPCStatusCode.CANCELLED)
"""The server has not heard of a worker of this version, or not for every queue of the last one; or it gave the question up,
because it was reloading the queue that the question is about."""


def version_of(settings: Settings) -> WorkerDeploymentVersion | None:
    """The version of this process's worker; None where builds are not told apart."""
    return WorkerDeploymentVersion(settings.task_queue, settings.build_id) if settings.build_id else None


def deployment_of(settings: Settings) -> WorkerDeploymentConfig | None:
    """Cases take a year: all of them go on with the current build at their next step, and `workflow.patched` keeps what is
    behind them."""
    version = version_of(settings)
    return WorkerDeploymentConfig(version, True, VersioningBehavior.AUTO_UPGRADE) if version else None


async def promoted(client: Client, version: WorkerDeploymentVersion) -> bool:
    """Give the work to this version, from now on. False while the server cannot do so yet."""
    wanted = SetWorkerDeploymentCurrentVersionRequest(
        namespace=client.namespace, deployment_name=version.deployment_name, build_id=version.build_id
    )
    return await _answered(client.workflow_service.set_worker_deployment_current_version(wanted)) is not None


async def gets_the_work(client: Client, version: WorkerDeploymentVersion) -> bool:
    """Whether the queue itself has heard that this version gets the work.

    The server's own mark for it (`routing_config_update_state`) is no guide: it may stay "in progress" for good after everything
    has arrived (temporalio/temporal issue 11842).
    """
    found = await _answered(queue_of_workflows(client, version.deployment_name))
    return found is not None and found.versioning_info.current_deployment_version.build_id == version.build_id


async def _answered(asked: Awaitable[Answer]) -> Answer | None:
    """What the server answers; None while it cannot do so yet."""
    try:
        return await asked
    except RPCError as refused:
        if refused.status in NOT_YET:
            return None
        raise
