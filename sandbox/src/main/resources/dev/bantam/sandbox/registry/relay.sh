# Leads the sandbox's own 127.0.0.1:PORT to the agent's socket: sh relay.sh FOLDER PORT. Returns once that works, and sees
# to it that it goes on to work; else says why it cannot.
cd "$1" || exit 1
if perl -MIO::Socket::UNIX -MIO::Select -e 1 2>/dev/null; then
    set -- perl relay.pl "$2"
elif python3 -I -c 'import selectors' 2>/dev/null; then
    set -- python3 -I relay.py "$2"
else
    echo "the way to the registries needs perl or python3 in the sandbox, and there is neither"
    exit 1
fi
(
    (
        trap '' PIPE # a shell tells of a killed program, and by then nobody listens
        "$@" 2>&1
        while sleep 1; do "$@"; done >/dev/null
    ) </dev/null 2>/dev/null &
) | {
    read -r said
    [ "$said" = ready ] || { echo "the way to the registries: ${said:-nothing leads to the agent}"; exit 1; }
}
