# Passes on what comes to 127.0.0.1:PORT to the socket file in this folder, and back: perl relay.pl PORT.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use IO::Socket::UNIX;

use constant { CHUNK => 65536, MOST_WAITING => 262144 };

$SIG{PIPE} = 'IGNORE';
my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $ARGV[0], Listen => 128, ReuseAddr => 1)
    or die "port $ARGV[0]: $!\n";
agent() or die "the agent's socket: $!\n";
$| = 1;
print "ready\n";

# By socket: the socket itself, the other one of its pair, what waits to be written to it, whether it ended.
my (%socket, %other, %waiting, %ended);

while (1) {
    my $readable = IO::Select->new($server,
        grep { !$ended{$_} && length $waiting{$other{$_}} < MOST_WAITING } values %socket);
    my $writable = IO::Select->new(grep { length $waiting{$_} } values %socket);
    my ($ready, $free) = IO::Select->select($readable, $writable, undef) or next;
    for my $socket (@$ready) {
        if ($socket == $server) { pair(scalar $server->accept) }
        elsif ($socket{$socket}) { take($socket) }
    }
    for my $socket (@$free) { give($socket) if $socket{$socket} }
}

sub agent { return IO::Socket::UNIX->new(Peer => 'registries.sock') }

sub pair {
    my ($client) = @_ or return;
    my $agent = agent();
    return unless $client && $agent;
    for ([$client, $agent], [$agent, $client]) {
        my ($socket, $peer) = @$_;
        $socket->blocking(0);
        ($socket{$socket}, $other{$socket}, $waiting{$socket}) = ($socket, $peer, '');
    }
}

sub take {
    my ($socket) = @_;
    my $other = $other{$socket};
    my $count = sysread($socket, $waiting{$other}, CHUNK, length $waiting{$other});
    return if !defined $count && $!{EAGAIN};
    return drop($socket) unless defined $count;
    end($socket) unless $count;
}

# One direction is over: the other side hears of it once it has been given the rest.
sub end {
    my ($socket) = @_;
    my $other = $other{$socket};
    $ended{$socket} = 1;
    shutdown($other, 1) unless length $waiting{$other};
    drop($socket) if $ended{$other} && !length $waiting{$socket} && !length $waiting{$other};
}

sub give {
    my ($socket) = @_;
    my $count = syswrite($socket, $waiting{$socket});
    return if !defined $count && $!{EAGAIN};
    return drop($socket) unless defined $count;
    substr($waiting{$socket}, 0, $count, '');
    end($other{$socket}) if $ended{$other{$socket}} && !length $waiting{$socket};
}

sub drop {
    my ($socket) = @_;
    for my $gone ($other{$socket}, $socket) {
        delete $_->{$gone} for \%socket, \%other, \%waiting, \%ended;
        close $gone;
    }
}
