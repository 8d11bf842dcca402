// Loaded into the processes that `grok verify-resume` starts, before the command itself.
import "@grok/verify/watcher";
