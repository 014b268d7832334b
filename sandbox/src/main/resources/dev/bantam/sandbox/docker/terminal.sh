# Runs one command at the terminal that it has: sh -c THIS terminal MARK LINE COLUMNS ROWS.
stty cols "$3" rows "$4" 2>/dev/null
shell=/bin/sh
command -v bash >/dev/null 2>&1 && shell=bash
{ echo 1000 >/proc/self/oom_score_adj; ulimit -c 0; ulimit -S -n 4096; } 2>/dev/null
BANTAM_COMMAND=$1 exec "$shell" -c "$2"
