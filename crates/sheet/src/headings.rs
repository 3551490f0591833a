//! The names offices give to columns, from the lists they send. The first is the usual one.

use crate::Column;

pub const ORDINAL: Column = Column::new("ordinal", &["STT", "TT", "Số TT", "Số thứ tự", "No"]);

/// Columns that say who a person is.
pub const PEOPLE: &[Column] = &[
    ORDINAL,
    FULL_NAME,
    FAMILY_NAME,
    GIVEN_NAME,
    BIRTH,
    BIRTH_MALE,
    BIRTH_FEMALE,
    SEX,
    SEX_MALE,
    SEX_FEMALE,
    CITIZEN_ID,
    UNIT,
    POSITION,
    JOB_POSITION,
    CATEGORY,
    RANK_CODE,
    RANK,
    PHONE,
    EMAIL,
    ETHNICITY,
    COMMUNE,
    VILLAGE,
    ADDRESS,
    NOTE,
];

/// Columns of results of training, with those of the person.
pub const RESULTS: &[Column] = &[
    ORDINAL,
    FULL_NAME,
    FAMILY_NAME,
    GIVEN_NAME,
    BIRTH,
    BIRTH_MALE,
    BIRTH_FEMALE,
    CITIZEN_ID,
    PHONE,
    EMAIL,
    UNIT,
    POSITION,
    COURSE,
    CLASS,
    DATE,
    PERIOD,
    FROM,
    TO,
    RESULT,
    GRADE,
    SCORE,
    CERTIFICATE,
    PROVIDER,
    HOURS,
    NOTE,
];

/// Columns of official figures per unit.
pub const FIGURES: &[Column] =
    &[ORDINAL, UNIT_CODE, UNIT_NAME, WORKING_AGE, PEOPLE_COUNT, SOURCE, NOTE];

/// Every column that is known.
pub const ALL: &[Column] = &[
    ORDINAL,
    FULL_NAME,
    FAMILY_NAME,
    GIVEN_NAME,
    BIRTH,
    BIRTH_MALE,
    BIRTH_FEMALE,
    SEX,
    SEX_MALE,
    SEX_FEMALE,
    CITIZEN_ID,
    UNIT,
    POSITION,
    JOB_POSITION,
    CATEGORY,
    RANK_CODE,
    RANK,
    PHONE,
    EMAIL,
    ETHNICITY,
    COMMUNE,
    VILLAGE,
    ADDRESS,
    NOTE,
    COURSE,
    CLASS,
    DATE,
    PERIOD,
    FROM,
    TO,
    RESULT,
    GRADE,
    SCORE,
    CERTIFICATE,
    PROVIDER,
    HOURS,
    UNIT_CODE,
    UNIT_NAME,
    WORKING_AGE,
    PEOPLE_COUNT,
    SOURCE,
];

pub const FULL_NAME: Column = Column::new(
    "full_name",
    &[
        "Họ và tên",
        "Họ tên",
        "Họ và tên khai sinh",
        "Họ tên khai sinh",
        "Họ, chữ đệm và tên",
        "Họ, đệm và tên",
        "Họ đệm tên",
        "Họ chữ đệm tên",
        "Tên học viên",
        "Full name",
    ],
);
pub const FAMILY_NAME: Column = Column::new(
    "family_name",
    &[
        "Họ, chữ đệm",
        "Họ và chữ đệm",
        "Họ và tên đệm",
        "Họ đệm",
        "Họ và đệm",
        "Họ",
        "Họ lót",
        "Họ và tên lót",
    ],
);
pub const GIVEN_NAME: Column = Column::new("given_name", &["Tên", "Tên gọi"]);
pub const BIRTH: Column = Column::new(
    "birth",
    &[
        "Ngày sinh",
        "Ngày, tháng, năm sinh",
        "Năm sinh",
        "Ngày tháng năm sinh",
        "Ngày/tháng/năm sinh",
        "Sinh ngày",
        "NTNS",
        "Ngày, tháng sinh",
        "Date of birth",
    ],
);
pub const BIRTH_MALE: Column = Column::new(
    "birth_male",
    &[
        "Nam",
        "Ngày sinh Nam",
        "Năm sinh Nam",
        "Ngày, tháng, năm sinh Nam",
        "Ngày tháng năm sinh Nam",
        "Năm sinh của nam",
    ],
);
pub const BIRTH_FEMALE: Column = Column::new(
    "birth_female",
    &[
        "Nữ",
        "Ngày sinh Nữ",
        "Năm sinh Nữ",
        "Ngày, tháng, năm sinh Nữ",
        "Ngày tháng năm sinh Nữ",
        "Năm sinh của nữ",
    ],
);
pub const SEX: Column = Column::new("sex", &["Giới tính", "Giới", "Phái", "Nam/Nữ", "Nam, nữ"]);
pub const SEX_MALE: Column = Column::new("sex_male", &["Giới tính Nam"]);
pub const SEX_FEMALE: Column = Column::new("sex_female", &["Giới tính Nữ"]);
pub const CITIZEN_ID: Column = Column::new(
    "citizen_id",
    &[
        "Số CCCD",
        "CCCD",
        "CCCD/CMND",
        "Số CCCD/CMND",
        "CMND/CCCD",
        "Số CMND/CCCD",
        "Số định danh cá nhân",
        "Số định danh",
        "Mã định danh",
        "Mã định danh cá nhân",
        "Căn cước",
        "Số căn cước",
        "Căn cước công dân",
        "Số căn cước công dân",
        "Số thẻ căn cước",
        "Số CMND",
        "CMND",
        "Số CCCD hoặc CMND",
        "Số ĐDCN",
        "ĐDCN",
    ],
);
pub const UNIT: Column = Column::new(
    "unit",
    &[
        "Đơn vị",
        "Đơn vị công tác",
        "Cơ quan",
        "Cơ quan, đơn vị",
        "Cơ quan, đơn vị công tác",
        "Cơ quan công tác",
        "Nơi công tác",
        "Nơi làm việc",
        "Phòng ban",
        "Phòng",
        "Phòng, ban",
        "Tên đơn vị",
        "Bộ phận",
        "Trường",
    ],
);
pub const POSITION: Column = Column::new(
    "position",
    &[
        "Chức vụ",
        "Chức danh",
        "Chức vụ, chức danh",
        "Chức danh, chức vụ",
        "Chức vụ/chức danh",
        "Chức vụ hiện nay",
        "Công việc",
        "Nhiệm vụ",
    ],
);
pub const JOB_POSITION: Column = Column::new(
    "job_position",
    &["Vị trí việc làm", "VTVL", "Tên vị trí việc làm", "Mã vị trí việc làm"],
);
pub const CATEGORY: Column = Column::new(
    "category",
    &[
        "Đối tượng",
        "Loại cán bộ",
        "Phân loại",
        "Diện",
        "Cán bộ, công chức, viên chức",
        "Loại lao động",
        "CB/CC/VC",
        "Loại hợp đồng",
    ],
);
pub const RANK_CODE: Column = Column::new(
    "rank_code",
    &["Mã ngạch", "Mã số ngạch", "Mã số CDNN", "Mã chức danh nghề nghiệp"],
);
pub const RANK: Column = Column::new(
    "rank",
    &["Ngạch", "Ngạch công chức", "Tên ngạch", "Ngạch, bậc", "Chức danh nghề nghiệp"],
);
pub const PHONE: Column = Column::new(
    "phone",
    &[
        "Số điện thoại",
        "Điện thoại",
        "SĐT",
        "ĐT",
        "Số ĐT",
        "Di động",
        "Số di động",
        "Điện thoại di động",
        "Điện thoại liên hệ",
        "Số điện thoại liên hệ",
    ],
);
pub const EMAIL: Column = Column::new(
    "email",
    &[
        "Email",
        "Thư điện tử",
        "Hộp thư điện tử",
        "E-mail",
        "Địa chỉ email",
        "Gmail",
        "Địa chỉ thư điện tử",
    ],
);
pub const ETHNICITY: Column = Column::new("ethnicity", &["Dân tộc", "Thành phần dân tộc"]);
pub const COMMUNE: Column = Column::new(
    "commune",
    &[
        "Xã/phường",
        "Xã, phường",
        "Xã",
        "Phường",
        "Xã phường",
        "Tên xã",
        "Tên xã/phường",
        "Xã, phường, đặc khu",
        "Xã/phường/đặc khu",
    ],
);
pub const VILLAGE: Column = Column::new(
    "village",
    &[
        "Thôn/Tổ",
        "Thôn",
        "Tổ dân phố",
        "Thôn, tổ dân phố",
        "Thôn/Tổ dân phố",
        "Khu dân cư",
        "Khu",
        "Xóm",
        "Bản",
        "Thôn/bản",
        "Thôn, bản",
        "Ấp",
        "Thôn/xóm",
        "Thôn/khu",
    ],
);
pub const ADDRESS: Column = Column::new(
    "address",
    &[
        "Nơi ở hiện nay",
        "Địa chỉ",
        "Chỗ ở hiện nay",
        "Nơi ở",
        "Nơi thường trú",
        "Hộ khẩu thường trú",
        "Địa chỉ thường trú",
        "Nơi cư trú",
        "Địa chỉ liên hệ",
    ],
);
pub const NOTE: Column = Column::new("note", &["Ghi chú", "Chú thích", "Note"]);

pub const COURSE: Column = Column::new(
    "course",
    &[
        "Tên khóa học",
        "Khóa học",
        "Khóa bồi dưỡng",
        "Tên khóa bồi dưỡng",
        "Nội dung bồi dưỡng",
        "Nội dung tập huấn",
        "Nội dung đào tạo",
        "Nội dung",
        "Chuyên đề",
        "Tên chuyên đề",
        "Chương trình bồi dưỡng",
        "Chương trình",
        "Tên lớp bồi dưỡng",
        "Tên lớp tập huấn",
    ],
);
pub const CLASS: Column = Column::new("class", &["Lớp", "Tên lớp", "Mã lớp", "Lớp học", "Khóa"]);
pub const DATE: Column = Column::new(
    "date",
    &[
        "Ngày",
        "Ngày học",
        "Ngày hoàn thành",
        "Ngày cấp",
        "Ngày thi",
        "Ngày tổ chức",
        "Ngày kiểm tra",
    ],
);
pub const PERIOD: Column = Column::new(
    "period",
    &[
        "Thời gian",
        "Thời gian bồi dưỡng",
        "Thời gian học",
        "Thời gian tổ chức",
        "Thời gian đào tạo",
        "Thời gian tập huấn",
    ],
);
pub const FROM: Column =
    Column::new("from", &["Từ ngày", "Ngày bắt đầu", "Ngày khai giảng", "Bắt đầu", "Từ"]);
pub const TO: Column =
    Column::new("to", &["Đến ngày", "Ngày kết thúc", "Ngày bế giảng", "Kết thúc", "Đến"]);
pub const RESULT: Column = Column::new(
    "result",
    &[
        "Kết quả",
        "Kết quả học tập",
        "Kết quả đánh giá",
        "Kết quả bồi dưỡng",
        "Đạt/Không đạt",
        "Hoàn thành",
        "Kết quả kiểm tra",
    ],
);
pub const GRADE: Column = Column::new("grade", &["Xếp loại", "Loại", "Đánh giá, xếp loại"]);
pub const SCORE: Column = Column::new(
    "score",
    &["Điểm", "Điểm số", "Điểm thi", "Tổng điểm", "Điểm kiểm tra", "Điểm trung bình"],
);
pub const CERTIFICATE: Column = Column::new(
    "certificate",
    &[
        "Số chứng chỉ",
        "Số hiệu chứng chỉ",
        "Số giấy chứng nhận",
        "Số chứng nhận",
        "Số hiệu",
        "Số GCN",
    ],
);
pub const PROVIDER: Column =
    Column::new("provider", &["Đơn vị tổ chức", "Cơ sở đào tạo", "Cơ sở bồi dưỡng", "Nơi đào tạo"]);
pub const HOURS: Column = Column::new("hours", &["Số tiết", "Số giờ", "Thời lượng", "Số buổi"]);

pub const UNIT_CODE: Column = Column::new(
    "unit_code",
    &[
        "Mã xã",
        "Mã đơn vị",
        "Mã ĐVHC",
        "Mã đơn vị hành chính",
        "Mã số đơn vị hành chính",
        "Mã phường/xã",
        "Mã xã/phường",
    ],
);
pub const UNIT_NAME: Column = Column::new(
    "unit_name",
    &[
        "Tên đơn vị",
        "Tên xã",
        "Tên xã/phường",
        "Xã/phường",
        "Xã, phường",
        "Đơn vị",
        "Tên đơn vị hành chính",
        "Đơn vị hành chính",
        "Tên xã, phường",
        "Xã, phường, đặc khu",
    ],
);
pub const WORKING_AGE: Column = Column::new(
    "working_age",
    &[
        "Dân số trong độ tuổi lao động",
        "Số người trong độ tuổi lao động",
        "Dân số độ tuổi lao động",
        "Người trong độ tuổi lao động",
        "Số lao động trong độ tuổi",
        "Lao động trong độ tuổi",
    ],
);
pub const PEOPLE_COUNT: Column = Column::new(
    "people",
    &["Số người", "Dân số", "Tổng số người", "Tổng dân số", "Số lượng", "Quy mô dân số"],
);
pub const SOURCE: Column = Column::new("source", &["Nguồn", "Nguồn số liệu"]);
