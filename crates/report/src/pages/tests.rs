//! The pages through the router, on both databases.
