"""``manage.py serve``: the web server, the worker and its clock, all of them until Ctrl-C."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from apps.web.management.supervisor import Child, Supervisor


class Command(BaseCommand):
    help = "Runs the web server and the worker until it is stopped; whichever dies is started again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--prepare",
            action="store_true",
            help="first migrate the database, collect static files, install flows and forms",
        )
        parser.add_argument("--sample", action="store_true", help="first load the sample data, if it is not there yet")
        parser.add_argument(
            "--beamline",
            action="store_true",
            help="load the sample, and measure at its beamline: a trigger has the images looked at, and published",
        )
        parser.add_argument("--no-web", action="store_true", help="run the worker and its clock only")
        parser.add_argument("--no-worker", action="store_true", help="run the web server only")
        parser.add_argument(
            "--only", metavar="QUEUES", help="run one worker of these queues only, such as compute on another machine"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        if options["no_web"] and options["no_worker"]:
            raise CommandError("Nothing is left to run with both --no-web and --no-worker. Leave one out.")
        if options["only"]:
            Supervisor([computer(options["only"])], say=self.say).run()
            return
        listener = None if options["no_web"] else listen(settings.WEB_BIND, settings.PORT)
        if options["prepare"]:
            call_command("migrate", verbosity=0, interactive=False)
            call_command("collectstatic", verbosity=0, interactive=False)
            call_command("install_flows", stdout=self.stdout)
            call_command("install_forms", stdout=self.stdout)
        if options["sample"] or options["beamline"]:
            call_command("load_sample", stdout=self.stdout)
        connections.close_all()
        children = [] if listener is None else [web(listener)]
        if not options["no_worker"]:
            children += [
                worker("worker", "celery", settings.WORKER_THREADS),
                worker("mover", "transfer", settings.TRANSFER_TURNS),
                computer("compute,describe"),
                clock(),
                watcher(),
            ]
        if options["beamline"]:
            children.append(beamline())
        if listener:
            self.stdout.write(self.style.SUCCESS(f"Vitrine is at {settings.PUBLIC_URL} (Ctrl-C stops it)"))
            self.stdout.flush()
        os.chdir(settings.BASE_DIR)
        Supervisor(children, say=self.say).run()

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def listen(host: str, port: int) -> socket.socket:
    """Take the port before anything else, and keep it: while the web server starts again, callers wait in line."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CommandError(f"Port {port} is taken by another program. Stop that, or set VITRINE_PORT.") from None
        raise CommandError(f"Cannot listen on {host}, port {port}: {error.strerror}. See VITRINE_WEB_BIND.") from None


def web(listener: socket.socket) -> Child:
    """Gunicorn with threads. Its timeout watches the worker, not the request: an ingest may stream for hours."""
    command = [
        *("-m", "gunicorn", "portal.wsgi", f"--bind=fd://{listener.fileno()}", "--preload", "--no-control-socket"),
        *("--worker-class=gthread", f"--workers={settings.WEB_PROCESSES}", f"--threads={settings.WEB_THREADS}"),
        *("--timeout=120", "--graceful-timeout=3", "--keep-alive=5", "--log-level=warning"),
    ]
    memory = Path("/dev/shm")  # noqa: S108 - heartbeats on a disk would stall a worker when the disk does
    if os.access(memory, os.W_OK):
        command.append(f"--worker-tmp-dir={memory}")
    return Child("web", [sys.executable, *command], shares=(listener.fileno(),))


def worker(name: str, queue: str, threads: int) -> Child:
    """Killed outright with its supervisor: a warm shutdown waits for tasks, and each task survives being cut off."""
    return Child(
        name,
        [
            *(sys.executable, "-W", "ignore:You're running the worker with superuser privileges"),
            *("-m", "celery", "--quiet", "--app=portal.celery", "worker", "--pool=threads", f"--queues={queue}"),
            *(f"--concurrency={threads}", f"--hostname={name}@%h", "--loglevel=WARNING"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ],
        farewell=signal.SIGKILL,
    )


def computer(queues: str) -> Child:
    """The worker of what takes long and much: each of its threads waits for a process that it runs."""
    return worker("compute", queues, settings.COMPUTE_AT_ONCE)


def watcher() -> Child:
    """Who watches the folders of triggers. Killed outright it forgets nothing: what it saw is in the database."""
    return Child("watcher", [sys.executable, "manage.py", "watch_folders"])


def clock() -> Child:
    """Celery's beat by itself: inside of a worker it is a process that outlives a worker killed outright.

    It holds nothing that could be lost, and would see another signal only when it next wakes up.
    """
    return Child(
        "clock",
        [
            sys.executable,
            *("-m", "celery", "--quiet", "--app=portal.celery", "beat", "--pidfile=", "--loglevel=WARNING"),
        ],
        stops_by=signal.SIGKILL,
        farewell=signal.SIGKILL,
    )


def beamline() -> Child:
    return Child("beam", [sys.executable, "manage.py", "beamline", "--publish"], may_end=True)
