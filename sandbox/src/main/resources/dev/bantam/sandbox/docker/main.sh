# The container's main program: it ends, and the container with it, when the agent's end of standard input is gone,
# however the agent ended.
while read -r line; do :; done
