# Runs one command: sh -c THIS run MARK TOKEN KIND LINE, where KIND says whether LINE is the line itself or its file.
# After the command's last byte comes the token with its exit code, how many processes the memory limit ended, and how
# many could not be started because there were too many. Nothing but the command itself needs a process of its own.
mark=$1 token=$2 kind=$3 line=$4

# Sets counted to the number after the word in the first of the files that there is.
count() {
    counted=0 word=$1
    shift
    for counters in "$@"; do
        [ -r "$counters" ] || continue
        while read -r key value; do
            [ "$key" = "$word" ] && counted=$value
        done <"$counters"
        return
    done
}
count_kills() { count oom_kill /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control; }
count_refusals() { count max /sys/fs/cgroup/pids.events /sys/fs/cgroup/pids/pids.events; }

shell=/bin/sh
command -v bash >/dev/null 2>&1 && shell=bash
count_kills
kills=$counted
count_refusals
refusals=$counted
( # ends before us where memory is short
    { echo 1000 >/proc/self/oom_score_adj; ulimit -c 0; ulimit -S -n 4096; } 2>/dev/null
    if [ "$kind" = line ]; then
        BANTAM_COMMAND=$mark exec "$shell" -c "$line"
    else
        BANTAM_COMMAND=$mark exec "$shell" "$line"
    fi
) </dev/null 2>&1
code=$?
count_kills
kills=$((counted - kills))
count_refusals
printf '%s %d %d %d\n' "$token" "$code" "$kills" "$((counted - refusals))"

# What the command left in the background may print: its pipe lasts as long as this process.
while grep -qzF "BANTAM_COMMAND=$mark" /proc/[0-9]*/environ 2>/dev/null; do
    sleep 2
done
