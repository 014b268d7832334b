# Runs one command: sh -c THIS run MARK TOKEN KIND LINE, where KIND says whether LINE is the line itself or its file.
# After the command's last byte comes the token with its exit code and how many processes the memory limit ended.
mark=$1 token=$2 kind=$3 line=$4

count_kills() {
    kills=0
    for counters in /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control; do
        [ -r "$counters" ] || continue
        while read -r key value; do
            [ "$key" = oom_kill ] && kills=$value
        done <"$counters"
    done
}

shell=/bin/sh
command -v bash >/dev/null 2>&1 && shell=bash
count_kills
before=$kills
( # ends before us where memory is short
    { echo 1000 >/proc/self/oom_score_adj; ulimit -c 0; } 2>/dev/null
    if [ "$kind" = line ]; then
        BANTAM_COMMAND=$mark exec "$shell" -c "$line"
    else
        BANTAM_COMMAND=$mark exec "$shell" "$line"
    fi
) </dev/null 2>&1
code=$?
count_kills
printf '%s %d %d\n' "$token" "$code" "$((kills - before))"

# What the command left in the background may print: its pipe lasts as long as this process.
while grep -qzF "BANTAM_COMMAND=$mark" /proc/[0-9]*/environ 2>/dev/null; do
    sleep 2
done
