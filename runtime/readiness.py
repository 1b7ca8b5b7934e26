"""Whether the other programs answer yet."""

import ssl

import httpx2
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import (
    DescribeNamespaceRequest,
    DescribeTaskQueueRequest,
    DescribeTaskQueueResponse,
    GetSystemInfoRequest,
)
from temporalio.client import Client
from temporalio.service import RPCError

TRUSTING_NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""A client of its own would read the certificates of the whole world, each time it asks this machine by plain HTTP."""


async def temporal_serves(address: str, namespace: str = "default") -> bool:
    """Whether a Temporal server answers here and has the namespace."""
    try:
        client = await Client.connect(address)
        await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=namespace))
    except (RPCError, RuntimeError):
        return False
    return True


async def temporal_version(address: str) -> str:
    """The version of the Temporal server that answers here; empty when none does."""
    try:
        client = await Client.connect(address)
        answer = await client.workflow_service.get_system_info(GetSystemInfoRequest())
    except (RPCError, RuntimeError):
        return ""
    return answer.server_version


async def worker_polls(address: str, namespace: str, task_queue: str) -> bool:
    """Whether a worker has asked this task queue for workflow tasks in the last minutes."""
    try:
        answer = await queue_of_workflows(await Client.connect(address, namespace=namespace), task_queue)
    except (RPCError, RuntimeError):
        return False
    return bool(answer.pollers)


async def queue_of_workflows(client: Client, name: str) -> DescribeTaskQueueResponse:
    """What the server knows of this queue of workflow tasks."""
    question = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=name),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    return await client.workflow_service.describe_task_queue(question)


async def web_serves(url: str) -> bool:
    """Whether a GET of this address, over plain HTTP, is answered with a success."""
    try:
        async with httpx2.AsyncClient(timeout=5, trust_env=False, verify=TRUSTING_NOBODY) as client:
            return (await client.get(url)).is_success
    except httpx2.HTTPError:
        return False
