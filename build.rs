//! The front end and the data files go into the binary; a new or removed file among them means building again.

fn main() {
    for folder in ["web/dist", "data"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
