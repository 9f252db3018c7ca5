"""A worker that loads nothing before its first job, for tests of how jobs are handed out."""

from rnnviz.training.workers.worker import serve

if __name__ == "__main__":
    serve(before=lambda: None)
