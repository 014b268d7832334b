# Ends a command's processes: sh -c THIS end MARK. Those are all with the mark in their environment, all that descend
# from one of them, and all that have thrown their mark away, whose ever they were. They are asked
# first, and killed after half a second, again and again until none is left.
mark=$1

# Whether a process has not ended; sets its parent.
runs() {
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
    set -- ${stat##*) } # state, parent
    parent=$2
    case $1 in Z | X) return 1 ;; esac
}

find_members() {
    members=' '
    for file in $(
        grep -lzF "BANTAM_COMMAND=$mark" /proc/[0-9]*/environ 2>/dev/null
        grep -LzF "BANTAM_COMMAND=" /proc/[0-9]*/environ 2>/dev/null
    ); do
        pid=${file#/proc/}
        pid=${pid%/environ}
        runs "$pid" && members="$members$pid "
    done
    grown=yes
    while [ "$grown" = yes ]; do
        grown=no
        for folder in /proc/[0-9]*; do
            pid=${folder#/proc/}
            case $members in *" $pid "*) continue ;; esac
            runs "$pid" || continue
            case $members in
                *" $parent "*)
                    members="$members$pid "
                    grown=yes
                    ;;
            esac
        done
    done
}

printf 'a\0b\0' | grep -qzF b 2>/dev/null || exit 1 # it cannot search: the container has to go

round=0
find_members
while [ "$members" != ' ' ] && [ $round -lt 120 ]; do
    if [ $round -eq 0 ]; then
        kill -TERM $members 2>/dev/null
    elif [ $round -gt 10 ]; then
        kill -KILL $members 2>/dev/null
    fi
    round=$((round + 1))
    sleep 0.05 2>/dev/null || sleep 1
    find_members
done
[ "$members" = ' ' ]
