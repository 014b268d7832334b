package dev.bantam.api;

/**
 * What a model can do beyond answering. A remote model lacks most of it; nobody may need it, everybody may use it.
 *
 * @param exactTokens history is the tokens that were read and generated, so an earlier request is always a prefix
 * @param liveConstraints {@link ChatRequest#constraints()} are enforced while the model is sampled
 * @param rollback dropping messages from the end costs nothing: what is kept is not read again
 * @param asides a request marked as an aside leaves the main conversation's cache alone
 * @param takeUp a reply that ended can be taken up again, see {@link ChatRequest.Purpose#TAKE_UP}
 * @param logProbabilities replies carry them
 * @param images takes pictures
 * @param thinking can think before it answers, and the level can be set
 */
public record Capabilities(
        boolean exactTokens,
        boolean liveConstraints,
        boolean rollback,
        boolean asides,
        boolean takeUp,
        boolean logProbabilities,
        boolean images,
        boolean thinking) {
    public static final Capabilities REMOTE = new Capabilities(false, false, false, false, false, false, false, true);
}
