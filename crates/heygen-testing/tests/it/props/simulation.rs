use heygen_testing::sim;

#[test]
fn tmp() {
    let from: u64 = std::env::var("FROM").ok().map_or(0, |t| t.parse().unwrap());
    let n: u64 = std::env::var("N").ok().map_or(2000, |t| t.parse().unwrap());
    let start = std::time::Instant::now();
    let mut total = [0u64; 6];
    let mut kinds = std::collections::BTreeMap::<String, Vec<u64>>::new();
    for seed in from..from + n {
        match sim::run(seed) {
            Ok(r) => {
                for (t, v) in total.iter_mut().zip([
                    r.requests,
                    r.crashes,
                    r.failures,
                    r.successes,
                    r.resumed,
                    r.reused,
                ]) {
                    *t += v;
                }
            }
            Err(b) => {
                let w = b.what.split(':').next().unwrap().to_owned();
                let w = if w.starts_with("the same") {
                    {
                        let mut s = b.what.clone();
                        while let Some(i) = s.find("asset_") {
                            let j = (i + 30).min(s.len());
                            s.replace_range(i..j, "A");
                        }
                        s
                    }
                } else {
                    w
                };
                kinds.entry(w).or_default().push(seed);
            }
        }
    }
    println!(
        "{n} in {:?}: requests crashes failures successes resumed reused {total:?}",
        start.elapsed()
    );
    for (k, v) in &kinds {
        println!("{} × {k}: {:?}", v.len(), &v[..v.len().min(6)]);
    }
}

#[test]
fn story() {
    let Ok(seed) = std::env::var("SEED") else {
        return;
    };
    let (story, end) = sim::trace(seed.parse().unwrap());
    for line in story {
        println!("{line}");
    }
    println!("{end:?}");
}
