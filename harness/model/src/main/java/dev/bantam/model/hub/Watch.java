package dev.bantam.model.hub;

/** Follows a download, on its thread. */
public interface Watch {
    /** A file begins, with so much of it here already. */
    void begins(HubFile file, long here);

    /** So many bytes of the file are here; called for every piece. */
    void has(HubFile file, long bytes);

    /** Something that the user should know, such as a connection that broke; one sentence. */
    void says(String sentence);

    /** The file is complete and checked. */
    void complete(HubFile file);
}
