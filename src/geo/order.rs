//! Places in a row, so that what is near on the ground is near in the row (Morton's curve).

/// The bits of longitude and latitude (ten-millionths of a degree) by turns: what is near on the ground gets near numbers.
#[must_use]
pub fn z_order([lon, lat]: [i32; 2]) -> u64 {
    let spread = |value: i32| {
        let mut bits = u64::from(value.wrapping_sub(i32::MIN) as u32);
        for (shift, mask) in [
            (16, 0x0000_ffff_0000_ffff),
            (8, 0x00ff_00ff_00ff_00ff),
            (4, 0x0f0f_0f0f_0f0f_0f0f),
            (2, 0x3333_3333_3333_3333),
            (1, 0x5555_5555_5555_5555_u64),
        ] {
            bits = (bits | bits << shift) & mask;
        }
        bits
    };
    spread(lon) | spread(lat) << 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bits_go_by_turns() {
        let corner = [i32::MIN; 2];
        let from_corner = |lon: i32, lat: i32| z_order([corner[0] + lon, corner[1] + lat]);
        assert_eq!([from_corner(0, 0), from_corner(1, 0), from_corner(0, 1), from_corner(3, 5)], [0, 1, 2, 0b10_0111]);
        assert_eq!(z_order([i32::MAX; 2]), u64::MAX);
    }
}
