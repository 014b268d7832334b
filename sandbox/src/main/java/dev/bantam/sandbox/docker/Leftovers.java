package dev.bantam.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.util.List;

/** Containers whose agent was killed so hard that they outlived it, for example because the machine was out of memory. */
final class Leftovers {
    private Leftovers() {}

    /** Removes those of this machine whose process is no more. Returns how many there were. */
    static int sweep(DockerClient client) {
        int swept = 0;
        for (Container container : client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(Owner.LABEL))
                .exec()) {
            if (Owner.of(container.getLabels()).filter(Owner::isGone).isPresent()) {
                remove(client, container.getId());
                swept++;
            }
        }
        return swept;
    }

    static void remove(DockerClient client, String id) {
        try {
            client.removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException | ConflictException e) {
            // it ended by itself, or is being removed
        }
    }
}
